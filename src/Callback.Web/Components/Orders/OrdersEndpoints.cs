using Callback.Orders;
using Callback.Web.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Callback.Web.Components.Orders;

internal static class OrdersEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        app.MapPost("/orders/find", FindAsync).RequirePermission(Permission.ViewOrders).RequireRateLimiting(RateLimits.Reveal);
        app.MapPost("/orders/{number}/reveal", RevealAsync).RequirePermission(Permission.RevealPhone).RequireRateLimiting(RateLimits.Reveal).RequireFreshSecondFactor("/orders");
    }

    private static async Task<IResult> FindAsync([FromForm] string? phone, [FromForm] string? buyer, HttpContext http, CurrentShop shop, FindPerson find, CancellationToken ct)
    {
        try
        {
            var key = string.IsNullOrWhiteSpace(phone) && !string.IsNullOrWhiteSpace(buyer)
                ? find.ByBuyerId(http.GetActor(), shop.Id, buyer)
                : await find.ByPhoneAsync(http.GetActor(), shop.Id, phone ?? "", ct);
            return Screen.SeeOther(http, shop.Link($"/orders?person={Convert.ToHexStringLower(key)}"));
        }
        catch (InvalidInputException)
        {
            Flash.Danger(http, "orders.phone-incomplete");
            return Screen.SeeOther(http, shop.Link("/orders"));
        }
    }

    private static async Task<IResult> RevealAsync(string number, [FromForm] string? reason, HttpContext http, CurrentShop shop, RevealPhone reveal, CancellationToken ct)
    {
        if (OrderNo.TryParse(number) is not { } orderNo)
            return Results.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            var revealed = await reveal.RunAsync(http.GetActor(), shop.Id, orderNo, reason ?? "", ct);
            return Page(new() { ["Number"] = orderNo.Value, ["Revealed"] = revealed }, StatusCodes.Status200OK);
        }
        catch (InvalidInputException refused)
        {
            return Page(new() { ["Number"] = orderNo.Value, ["Problems"] = refused.Problems, ["Reason"] = reason }, StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static IResult Page(Dictionary<string, object?> parameters, int status) => Screen.Page<OrderDetailPage>(parameters, status);
}
