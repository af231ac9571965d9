// SPDX-License-Identifier: Apache-2.0
#include "core/job/job_json.h"
