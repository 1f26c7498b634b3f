using Microsoft.Extensions.DependencyInjection;

namespace Callback.Planning;

public static class PlanningSetup
{
    public static IServiceCollection AddPlanning(this IServiceCollection services) => services
        .AddSingleton<CampaignFactsReader>()
        .AddSingleton<FactsReader>()
        .AddSingleton<Planner>()
        .AddSingleton<ExplainOrder>()
        .AddSingleton<GetQueue>()
        .AddSingleton<ExpireHolds>()
        .AddSingleton<IPass>(provider => provider.GetRequiredService<Planner>())
        .AddSingleton<IPass>(provider => provider.GetRequiredService<ExpireHolds>())
        .AddSingleton<IPass, QueueDueGrants>();
}
