// Counts heap allocations of the whole process by standing in front of malloc. Only lumbar-bench and tests link it.
#pragma once
#include <stdint.h>

/// Allocations (malloc, calloc, realloc, aligned_alloc, posix_memalign) since the program started.
uint64_t lumbar_allocation_count(void);

/// The same, of the calling thread only: other threads do not disturb it.
uint64_t lumbar_thread_allocation_count(void);
