#include "models/judge/fleet.h"
