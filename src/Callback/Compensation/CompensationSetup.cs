using Microsoft.Extensions.DependencyInjection;

namespace Callback.Compensation;

public static class CompensationSetup
{
    /// <summary>The book is read when it is first asked for; a wrong file stops the start.</summary>
    public static IServiceCollection AddCompensation(this IServiceCollection services) => services
        .AddSingleton(provider => PromiseBook.Load(provider.GetRequiredService<Surroundings>().ConfigFolder))
        .AddSingleton<IConfigCheck, PromisesConfigCheck>()
        .AddSingleton<ShopPromises>()
        .AddSingleton<SwitchPromise>();
}
