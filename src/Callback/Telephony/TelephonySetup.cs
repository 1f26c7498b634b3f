using Microsoft.Extensions.DependencyInjection;

namespace Callback.Telephony;

public static class TelephonySetup
{
    public static IServiceCollection AddTelephony(this IServiceCollection services) => services
        .AddSingleton<Lines>();
}
