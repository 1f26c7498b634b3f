using Callback.Orders.Formats;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Orders;

/// <summary>Registers the slice. The host gives the way from local times to instants.</summary>
public static class OrdersSetup
{
    public static IServiceCollection AddOrders(this IServiceCollection services, LocalToInstant toInstant) => services
        .AddSingleton(toInstant)
        .AddSingleton(provider => OrderFormatBook.Load(provider.GetRequiredService<Surroundings>().ConfigFolder))
        .AddSingleton<IConfigCheck, OrderFormatCheck>()
        .AddSingleton<ImportOrders>()
        .AddSingleton<ImportQueries>()
        .AddSingleton<HandOutRejectedRows>()
        .AddSingleton<UpsertOrders>()
        .AddSingleton<OrderQueries>()
        .AddSingleton<FindPerson>()
        .AddSingleton<RevealPhone>()
        .AddSingleton<IPass, ImportWatch>()
        .AddSingleton<IPass, DropFolder>()
        .AddSingleton<MarkPaid>()
        .AddSingleton<ReportCase>()
        .AddSingleton<WithdrawReport>();
}
