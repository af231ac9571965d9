// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/tray/fake_daemon.h"
