#include "app/poll/engine.h"
