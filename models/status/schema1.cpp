// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/status/schema1.h"
