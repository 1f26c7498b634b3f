using Microsoft.Extensions.DependencyInjection;

namespace Callback.Suppression;

public static class SuppressionSetup
{
    /// <param name="readPhone">How a number is read as people write it.</param>
    public static IServiceCollection AddSuppression(this IServiceCollection services, ReadPhone readPhone) => services
        .AddSingleton(new TargetReader(readPhone))
        .AddSingleton<ImportSuppressions>()
        .AddSingleton<ExportSuppressions>()
        .AddSingleton<AddSuppression>()
        .AddSingleton<LiftSuppression>()
        .AddSingleton<ListSuppressions>();
}
