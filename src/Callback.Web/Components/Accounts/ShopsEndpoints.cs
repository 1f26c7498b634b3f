using Callback.Accounts;
using Callback.Web.SignIn;
using Callback.Windows;
using Microsoft.AspNetCore.Mvc;

namespace Callback.Web.Components.Accounts;

/// <summary>The forms of the shops' pages.</summary>
internal static class ShopsEndpoints
{
    public static void MapShops(this IEndpointRouteBuilder endpoints)
    {
        var shops = endpoints.MapGroup("/shops").RequirePermission(Permission.ManageShops);
        shops.MapPost("", AddShopAsync);
        shops.MapPost("/{code}", ChangeShopAsync);
    }

    private static async Task<IResult> AddShopAsync(
        HttpContext context, SaveShop save, PolicyBook policies, [FromForm] ShopForm form, CancellationToken ct)
    {
        var shop = form.ToShop(form.Code ?? "");
        try
        {
            policies.DemandUsable(shop.Policy, shop.Practice);
            await save.AddAsync(context.GetActor(), shop, ct);
        }
        catch (InvalidInputException wrong)
        {
            return Screen.Page<ShopsPage>(new Dictionary<string, object?> { ["Problems"] = wrong.Problems, ["Typed"] = shop }, StatusCodes.Status422UnprocessableEntity);
        }
        Flash.Success(context, "accounts.shop-saved");
        return Screen.SeeOther(context, "/shops");
    }

    private static async Task<IResult> ChangeShopAsync(
        HttpContext context, SaveShop save, ShopQueries shops, PolicyBook policies, string code, [FromForm] ShopForm form, CancellationToken ct)
    {
        var shop = form.ToShop(code);
        try
        {
            var known = await shops.GetAsync(context.GetActor(), shop.ShopId, ct);
            policies.DemandUsable(shop.Policy, known.Practice);
            await save.ChangeAsync(context.GetActor(), shop, ct);
        }
        catch (InvalidInputException wrong)
        {
            var typed = new Dictionary<string, object?> { ["Code"] = code, ["Problems"] = wrong.Problems, ["Typed"] = shop };
            return Screen.Page<ShopPage>(typed, StatusCodes.Status422UnprocessableEntity);
        }
        Flash.Success(context, "accounts.shop-saved");
        return Screen.SeeOther(context, $"/shops/{code}");
    }

    private sealed record ShopForm(string? Code, string? Name, string? Zone, string? Policy, string? Language, string? Country, string? Currency, bool Practice)
    {
        public Shop ToShop(string code) => new()
        {
            ShopId = new(code.Trim().ToLowerInvariant()),
            Name = (Name ?? "").Trim(),
            Zone = (Zone ?? "").Trim(),
            Policy = Policy ?? "",
            Language = Language ?? "",
            Country = (Country ?? "").Trim().ToUpperInvariant(),
            Currency = (Currency ?? "").Trim().ToUpperInvariant(),
            Practice = Practice,
        };
    }
}
