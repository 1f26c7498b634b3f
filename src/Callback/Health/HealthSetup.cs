using Microsoft.Extensions.DependencyInjection;

namespace Callback.Health;

public static class HealthSetup
{
    public static IServiceCollection AddHealth(this IServiceCollection services) => services
        .AddSingleton<ThisNode>()
        .AddSingleton<NotePass>()
        .AddSingleton<GetHealth>()
        .AddSingleton<ListHealthRows>();
}
