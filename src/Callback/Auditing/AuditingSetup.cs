using Microsoft.Extensions.DependencyInjection;

namespace Callback.Auditing;

/// <summary>Registers the slice.</summary>
public static class AuditingSetup
{
    public static IServiceCollection AddAuditing(this IServiceCollection services) => services
        .AddSingleton<ReadAudit>()
        .AddSingleton<VerifyAudit>()
        .AddSingleton<IPass, LogAuditHeads>();
}
