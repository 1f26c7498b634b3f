using Microsoft.Extensions.DependencyInjection;

namespace Callback.Receivers;

/// <summary>Registers the slice. The host gives <see cref="ReceiverOptions"/>.</summary>
public static class ReceiversSetup
{
    public static IServiceCollection AddReceivers(this IServiceCollection services) => services
        .AddSingleton<ReceiverHttp>()
        .AddSingleton<AddReceiver>()
        .AddSingleton<ChangeReceiver>()
        .AddSingleton<ListReceivers>()
        .AddSingleton<IPass, DeliverEvents>()
        .AddSingleton<IPass, TidyOutbox>();
}
