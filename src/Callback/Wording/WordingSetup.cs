using Microsoft.Extensions.DependencyInjection;

namespace Callback.Wording;

public static class WordingSetup
{
    /// <summary>The list is read once; a wrong file stops the start.</summary>
    public static IServiceCollection AddWording(this IServiceCollection services)
    {
        services.AddSingleton(provider => WordingGuard.Load(provider.GetRequiredService<Surroundings>().ConfigFolder));
        services.AddSingleton<IConfigCheck, WordingConfigCheck>();
        return services;
    }
}
