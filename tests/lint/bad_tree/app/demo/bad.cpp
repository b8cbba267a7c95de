#include "models/status/time.h"
void f() { widget.setStyleSheet(text); }
