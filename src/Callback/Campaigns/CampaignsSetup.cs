using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Callback.Campaigns;

public static class CampaignsSetup
{
    public static IServiceCollection AddCampaigns(this IServiceCollection services)
    {
        services.TryAddSingleton(CampaignLines.All);
        return services
            .AddSingleton(provider => CampaignPresets.Load(provider.GetRequiredService<Surroundings>().ConfigFolder))
            .AddSingleton<IConfigCheck, CampaignsConfigCheck>()
            .AddSingleton<CreateCampaign>()
            .AddSingleton<EditCampaign>()
            .AddSingleton<StartCampaign>()
            .AddSingleton<PauseCampaign>()
            .AddSingleton<EndCampaign>()
            .AddSingleton<GetCampaign>()
            .AddSingleton<ShowPolicies>();
    }
}
