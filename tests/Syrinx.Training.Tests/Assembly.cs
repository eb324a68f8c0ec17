// One training at a time: tests count live tensors, and libtorch's thread counts are the process's.
using Xunit.Sdk;
using Xunit.v3;

[assembly: Parallelization(Mode = ParallelMode.None)]
