using QuantumAiWorkflows.IntegrationTests;
using Xunit.Sdk;
using Xunit.v3;

// Most tests share one service, and several measure it under load: one at a time.
[assembly: Parallelization(Mode = ParallelMode.None)]
[assembly: AssemblyFixture(typeof(SharedService))]
