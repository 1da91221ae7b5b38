using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace QuantumAiWorkflows.Gateway.Storage;

/// <summary>Lets <c>dotnet ef migrations add</c> build the model without starting the service.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<QaiwDbContext>
{
    public QaiwDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<QaiwDbContext>().UseSqlite("Data Source=:memory:").Options);
}
