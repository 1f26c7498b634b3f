using Callback.CallScripts;
using Callback.Database;

namespace Callback.FollowUps.Registers;

/// <summary>Enters a result's courier and product problems; a later revision's entries take the place of the earlier one's.</summary>
internal static class RegisterWriter
{
    private const string Clear = """
        delete from courier_cases where shop_id = @ShopId and attempt_id = @AttemptId;
        delete from product_problems where shop_id = @ShopId and attempt_id = @AttemptId;
        """;

    private const string Couriers = """
        insert into courier_cases (shop_id, at, attempt_id, order_no, cause, courier, tracking_no, note, agent_id)
        select @ShopId, @GatedAt, @AttemptId, @orderNo, cause, @courier, @tracking, @note, @AgentId
        from unnest(@causes) as c (cause)
        """;

    private const string Products = """
        insert into product_problems (shop_id, at, attempt_id, order_no, cause, product, sku, certain, note, agent_id)
        select @ShopId, @GatedAt, @AttemptId, @orderNo, cause, product, sku, @certain, @note, @AgentId
        from unnest(@causes) as c (cause)
        cross join unnest(@products, @skus) as p (product, sku)
        on conflict do nothing
        """;

    public static async Task WriteAsync(Session session, Recording recording, OutcomeCatalogue catalogue, CancellationToken ct)
    {
        var (_, attempt, card, saved, revision, _) = recording;
        if (revision > 1)
            await session.ExecuteAsync(Clear, new { attempt.ShopId, attempt.AttemptId }, ct);
        if (RegisterPolicy.OrderOf(card.Orders, saved.Result.Tasks) is not { } order)
            return;
        var courier = RegisterPolicy.CourierCauses(catalogue, saved.Result.Reasons, saved.Result.Tasks);
        var product = RegisterPolicy.ProductCauses(catalogue, saved.Result.Reasons);
        var items = order.Items.Select(item => (item.Title, item.Options)).DistinctBy(item => item.Title).ToList();
        var args = new
        {
            attempt.ShopId,
            attempt.GatedAt,
            attempt.AttemptId,
            attempt.AgentId,
            orderNo = order.OrderNo,
            courier = order.Courier?.Trim() ?? "",
            tracking = order.TrackingNo,
            certain = items.Count == 1,
            products = items.Select(item => item.Title).ToArray(),
            skus = items.Select(item => item.Options).ToArray(),
            note = saved.Field(RecordField.Problem) is { Length: > 0 } told ? told : saved.Result.Note,
        };
        if (courier.Count > 0)
            await session.ExecuteAsync(Couriers, With(args, courier), ct);
        if (product.Count > 0)
            await session.ExecuteAsync(Products, With(args, product), ct);
    }

    private static Dapper.DynamicParameters With(object args, IReadOnlyList<string> causes)
    {
        var all = new Dapper.DynamicParameters(args);
        all.Add("causes", causes.ToArray());
        return all;
    }
}
