using Microsoft.Extensions.DependencyInjection;

namespace Callback.Telephony.Twilio;

public static class TwilioSetup
{
    /// <param name="account">Null: none is configured, and nothing is registered.</param>
    public static IServiceCollection AddTwilio(this IServiceCollection services, TwilioAccount? account)
    {
        if (account is null)
            return services;
        return services
            .AddSingleton(account)
            .AddSingleton(provider => new CallRate(account.CallsPerSecond, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<TwilioClient>()
            .AddSingleton<TwilioAddresses>()
            .AddSingleton<TwilioLine>()
            .AddSingleton<ILine>(provider => provider.GetRequiredService<TwilioLine>());
    }
}
