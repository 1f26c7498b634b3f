namespace Callback.Web.Webhooks;

internal static class WebhooksSetup
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services) => services
        .AddSingleton<InboxWorker>()
        .AddSingleton<InboxWriter>()
        .AddSingleton<DoorCounts>()
        .AddHostedService(provider => provider.GetRequiredService<InboxWorker>())
        .AddHostedService(provider => provider.GetRequiredService<InboxWriter>())
        .AddHostedService(provider => provider.GetRequiredService<DoorCounts>());
}
