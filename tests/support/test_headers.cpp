// SPDX-License-Identifier: Apache-2.0
// For the precompiled headers that belong to it.
