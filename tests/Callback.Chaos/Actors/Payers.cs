using System.Net.Http.Json;
using Callback.Chaos.Ground;

namespace Callback.Chaos.Actors;

/// <summary>The shop's platform: tells again and again that an order was paid, or that a customer wants no calls; and notes the moment at which that was acknowledged.</summary>
internal sealed class Payers(ShopFloor floor, Uri frontDoor, Ledger ledger, Dice dice, TimeSpan every)
{
    private const double OptOuts = 0.2;

    public async Task WorkAsync(CancellationToken stop)
    {
        using var http = ShopFloor.Client(frontDoor, floor.ShopKey, TimeSpan.FromSeconds(8));
        while (!stop.IsCancellationRequested)
        {
            await Wait.QuietlyAsync(dice.Between(TimeSpan.Zero, every * 2), stop);
            var customer = floor.Plan.Customers[dice.Below(floor.Known)];
            try
            {
                await (dice.Chance(OptOuts) ? OptOutAsync(http, customer, stop) : PayAsync(http, customer, stop));
            }
            catch (Exception e) when (WireTrouble.Is(e))
            {
                // Not acknowledged: it may stand or not, and is not written down.
            }
        }
    }

    private async Task PayAsync(HttpClient http, Customer customer, CancellationToken ct)
    {
        var paid = customer.Orders.Select(order => new
        {
            orderNo = order,
            status = "Paid",
            orderedAt = ShopPlan.Clock.AddHours(-2),
            paidAt = ShopPlan.Clock,
            amount = 88m,
            phone = customer.Number,
            buyerId = customer.Number,
            country = customer.Country,
            zone = customer.Zone,
        });
        using var answer = await http.PutAsJsonAsync(new Uri($"/api/v1/shops/{ShopPlan.Shop}/orders", UriKind.Relative), new { orders = paid }, ct);
        if (!answer.IsSuccessStatusCode)
            return;
        foreach (var order in customer.Orders)
            ledger.Paid(order);
    }

    private async Task OptOutAsync(HttpClient http, Customer customer, CancellationToken ct)
    {
        var body = new { scope = "Phone", value = customer.Number, reason = "asked on the platform", doNotCall = true };
        using var answer = await http.PostAsJsonAsync(new Uri($"/api/v1/shops/{ShopPlan.Shop}/suppressions", UriKind.Relative), body, ct);
        if (answer.IsSuccessStatusCode)
            ledger.OptedOut(customer.Number);
    }
}
