using Microsoft.Extensions.DependencyInjection;

namespace Callback.Suppression;

public static class SuppressionSetup
{
    public static IServiceCollection AddSuppression(this IServiceCollection services) => services
        .AddSingleton<AddSuppression>()
        .AddSingleton<LiftSuppression>()
        .AddSingleton<ListSuppressions>();
}
