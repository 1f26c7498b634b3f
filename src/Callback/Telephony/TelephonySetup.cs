using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Callback.Telephony;

public static class TelephonySetup
{
    public static IServiceCollection AddTelephony(this IServiceCollection services)
    {
        services.TryAddSingleton(new PracticeOptions());
        services.TryAddSingleton<IPracticeCast, DrawnCast>();
        return services
            .AddSingleton<ILine, ManualLine>()
            .AddSingleton<ILine, PracticeLine>()
            .AddSingleton<Lines>();
    }
}
