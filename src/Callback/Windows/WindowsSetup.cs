using Microsoft.Extensions.DependencyInjection;

namespace Callback.Windows;

/// <summary>Registers the slice: policies and zones are read when first asked for, from the configuration folder.</summary>
public static class WindowsSetup
{
    public static IServiceCollection AddWindows(this IServiceCollection services)
    {
        services.AddSingleton(provider => Policies(provider.GetRequiredService<Surroundings>()));
        services.AddSingleton(provider => ZoneTable.Load(provider.GetRequiredService<Surroundings>().ConfigFolder));
        services.AddSingleton<IConfigCheck, WindowsConfigCheck>();
        return services;
    }

    private static PolicyBook Policies(Surroundings surroundings) => PolicyBook.Load(surroundings.ConfigFolder, surroundings.Production);
}
