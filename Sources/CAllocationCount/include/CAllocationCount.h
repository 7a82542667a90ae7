// Counts heap allocations of the whole process by standing in front of malloc. Only lumbar-bench links it.
#pragma once
#include <stdint.h>

/// Allocations (malloc, calloc, realloc, aligned_alloc, posix_memalign) since the program started.
uint64_t lumbar_allocation_count(void);
