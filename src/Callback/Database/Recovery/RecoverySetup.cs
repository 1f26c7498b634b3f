using Microsoft.Extensions.DependencyInjection;

namespace Callback.Database.Recovery;

public static class RecoverySetup
{
    public static IServiceCollection AddRecovery(this IServiceCollection services) => services
        .AddSingleton<RecordBackup>()
        .AddSingleton<RecordRestore>();
}
