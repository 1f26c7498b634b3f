using Callback.Accounts;
using Callback.Auditing;
using Callback.Web.Localization;
using Callback.Web.SignIn;
using Callback.Windows;
using Microsoft.AspNetCore.Mvc;

namespace Callback.Web.Components.Accounts;

/// <summary>The administrator's forms: users, shops, keys, audit.</summary>
internal static class AccountsEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder endpoints)
    {
        var users = endpoints.MapGroup("/users").RequirePermission(Permission.ManageUsers);
        users.MapPost("", AddUserAsync);
        users.MapPost("/{userId:guid}/roles", SetRolesAsync);
        users.MapPost("/{userId:guid}/disable", (HttpContext context, DisableUser use, Guid userId, CancellationToken ct) => SwitchAsync(context, use, userId, true, ct));
        users.MapPost("/{userId:guid}/enable", (HttpContext context, DisableUser use, Guid userId, CancellationToken ct) => SwitchAsync(context, use, userId, false, ct));
        users.MapPost("/{userId:guid}/reset", ResetAsync);
        var shops = endpoints.MapGroup("/shops").RequirePermission(Permission.ManageShops);
        shops.MapPost("", AddShopAsync);
        shops.MapPost("/{code}", ChangeShopAsync);
        var keys = endpoints.MapGroup("/keys").RequirePermission(Permission.ManageKeys);
        keys.MapPost("", AddKeyAsync);
        keys.MapPost("/{keyShop}/{keyId:guid}/revoke", RevokeKeyAsync);
        endpoints.MapPost("/audit/verify", VerifyAsync).RequirePermission(Permission.ViewAudit);
    }

    private static async Task<IResult> AddUserAsync(HttpContext context, CreateUser create, Texts texts, [FromForm] AddUserForm form, CancellationToken ct)
    {
        try
        {
            var input = new CreateUserInput(form.Name ?? "", form.DisplayName, form.Role == Role.Admin, Memberships(form), form.Language ?? "zh-CN");
            var created = await create.RunAsync(context.GetActor(), input, ct);
            return Secret(texts["accounts.user-added", created.Name], texts["accounts.one-time-password"], created.OneTimePassword, "/users");
        }
        catch (InvalidInputException wrong)
        {
            var typed = new Dictionary<string, object?>
            {
                ["Problems"] = wrong.Problems, ["Name"] = form.Name, ["DisplayName"] = form.DisplayName, ["RoleName"] = form.Role.ToString(), ["ShopCode"] = form.AtShop,
            };
            return Screen.Page<UsersPage>(typed, StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static List<Membership> Memberships(AddUserForm form) =>
        string.IsNullOrEmpty(form.AtShop) || form.Role == Role.Admin ? [] : [new(new(form.AtShop), form.Role)];

    private static async Task<IResult> SetRolesAsync(HttpContext context, SetMemberships set, Guid userId, [FromForm] string[]? roles, CancellationToken ct)
    {
        try
        {
            await set.RunAsync(context.GetActor(), userId, [.. (roles ?? []).Select(Membership.Parse)], ct);
        }
        catch (InvalidInputException wrong)
        {
            return Screen.Page<UserPage>(new Dictionary<string, object?> { ["UserId"] = userId, ["Problems"] = wrong.Problems }, StatusCodes.Status422UnprocessableEntity);
        }
        Flash.Success(context, "accounts.roles-saved");
        return Screen.SeeOther(context, $"/users/{userId}");
    }

    private static async Task<IResult> SwitchAsync(HttpContext context, DisableUser use, Guid userId, bool disable, CancellationToken ct)
    {
        try
        {
            await use.RunAsync(context.GetActor(), userId, disable, ct);
            Flash.Success(context, disable ? "accounts.user-disabled" : "accounts.user-enabled");
        }
        catch (InvalidInputException wrong)
        {
            Flash.Danger(context, $"problem.{wrong.Problems[0].Code}");
        }
        return Screen.SeeOther(context, $"/users/{userId}");
    }

    private static async Task<IResult> ResetAsync(HttpContext context, ResetSignIn reset, Texts texts, Guid userId, CancellationToken ct)
    {
        var password = await reset.RunAsync(context.GetActor(), userId, ct);
        return Secret(texts["accounts.reset-done"], texts["accounts.one-time-password"], password, $"/users/{userId}");
    }

    private static async Task<IResult> AddShopAsync(
        HttpContext context, SaveShop save, PolicyBook policies, Surroundings surroundings, [FromForm] ShopForm form, CancellationToken ct)
    {
        var shop = form.ToShop(form.Code ?? "");
        try
        {
            policies.DemandUsable(shop.Policy, surroundings.Production);
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
        HttpContext context, SaveShop save, PolicyBook policies, Surroundings surroundings, string code, [FromForm] ShopForm form, CancellationToken ct)
    {
        var shop = form.ToShop(code);
        try
        {
            policies.DemandUsable(shop.Policy, surroundings.Production);
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

    private static async Task<IResult> AddKeyAsync(HttpContext context, AddApiKey add, TimeProvider time, Texts texts, [FromForm] AddKeyForm form, CancellationToken ct)
    {
        var scopes = form.Scopes ?? [];
        try
        {
            var expires = form.Days is { } days and > 0 and <= 3650 ? time.GetUtcNow().AddDays(days) : (DateTimeOffset?)null;
            var input = new AddApiKeyInput(new(form.AtShop ?? ""), form.Name ?? "", [.. scopes.Select(Enum.Parse<KeyScope>)], form.Agent, expires);
            var added = await add.RunAsync(context.GetActor(), input, ct);
            return Secret(texts["accounts.key-added"], texts["accounts.key-keep"], added.Key, "/keys");
        }
        catch (InvalidInputException wrong)
        {
            var typed = new Dictionary<string, object?>
            {
                ["Problems"] = wrong.Problems, ["Name"] = form.Name, ["ShopCode"] = form.AtShop, ["Agent"] = form.Agent, ["Scopes"] = scopes,
            };
            return Screen.Page<KeysPage>(typed, StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> RevokeKeyAsync(HttpContext context, RevokeApiKey keys, string keyShop, Guid keyId, CancellationToken ct)
    {
        try
        {
            await keys.RunAsync(context.GetActor(), new(keyShop), keyId, ct);
            Flash.Success(context, "accounts.key-is-revoked");
        }
        catch (InvalidInputException)
        {
            Flash.Danger(context, "problem.key-unknown");
        }
        return Screen.SeeOther(context, "/keys");
    }

    private static async Task<IResult> VerifyAsync(HttpContext context, VerifyAudit verify, CancellationToken ct) =>
        Screen.Page<AuditPage>(new Dictionary<string, object?> { ["Report"] = await verify.RunAsync(context.GetActor(), ct) });

    private static IResult Secret(string title, string lead, string secret, string back) => Screen.Page<SecretPage>(
        new Dictionary<string, object?> { ["Title"] = title, ["Lead"] = lead, ["Secret"] = secret, ["BackUrl"] = back });

    private sealed record AddUserForm(string? Name, string? DisplayName, Role Role, string? AtShop, string? Language);

    private sealed record AddKeyForm(string? Name, string? AtShop, string[]? Scopes, string? Agent, int? Days);

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
