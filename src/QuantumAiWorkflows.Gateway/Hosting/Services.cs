using QuantumAiWorkflows.Gateway.Benchmarks;
using QuantumAiWorkflows.Gateway.Estimates;
using QuantumAiWorkflows.Gateway.Jobs;
using QuantumAiWorkflows.Gateway.Problems;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;

namespace QuantumAiWorkflows.Gateway.Hosting;

/// <summary>The composition root's parts list.</summary>
internal static class Services
{
    public static void AddQaiw(this IServiceCollection services, DataDirectory data)
    {
        services.AddSingleton(data);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider =>
            Store.OpenSqlite(data.DatabaseFile, provider.GetRequiredService<TimeProvider>())
        );
        services.AddSingleton<Erasure>();

        services.AddSingleton<Signals>();
        services.AddSingleton<WorkQueue>();
        services.AddSingleton<RunningJobs>();
        services.AddSingleton<ProblemCache>();
        services.AddSingleton<Pricing>();
        services.AddSingleton<Desk>();
        services.AddSingleton<SolverCatalog>();
        services.AddSingleton<SolverAdmission>();
        services.AddSingleton<ClassicalChoice>();
        services.AddSingleton<BlockSentinel>();
        services.AddSingleton<JobLedger>();
        services.AddSingleton<JobControl>();
        services.AddSingleton<CandidateValidation>();
        services.AddSingleton<JobRunner>();
        services.AddHostedService<Worker>();
        services.AddHostedService<ModulePreparation>();

        services.AddSingleton<ProblemLibrary>();
        services.AddSingleton<JobChecks>();
        services.AddSingleton<JobWriter>();
        services.AddSingleton<JobAdmission>();
        services.AddSingleton<JobReader>();
        services.AddSingleton<Estimator>();

        services.AddSingleton<SuiteResolver>();
        services.AddSingleton<EntrantPlanner>();
        services.AddSingleton<CalibrationPlanner>();
        services.AddSingleton<BenchmarkWriter>();
        services.AddSingleton<BenchmarkRecorder>();
        services.AddSingleton<BenchmarkReader>();
        services.AddSingleton<Repricing>();
        services.AddSingleton<Spending>();
        services.AddHostedService<BenchmarkFinisher>();
    }
}
