using Callback.Accounts;
using Callback.Web.Localization;
using Callback.Web.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Callback.Web.Components.Accounts;

/// <summary>The forms of the keys' page.</summary>
internal static class KeysEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder endpoints)
    {
        var keys = endpoints.MapGroup("/keys").RequirePermission(Permission.ManageKeys);
        keys.MapPost("", AddKeyAsync);
        keys.MapPost("/{keyShop}/{keyId:guid}/revoke", RevokeKeyAsync);
    }

    private static async Task<IResult> AddKeyAsync(HttpContext context, AddApiKey add, TimeProvider time, Texts texts, [FromForm] AddKeyForm form, CancellationToken ct)
    {
        var scopes = form.Scopes ?? [];
        try
        {
            var expires = form.Days is { } days and > 0 and <= 3650 ? time.GetUtcNow().AddDays(days) : (DateTimeOffset?)null;
            var input = new AddApiKeyInput(new(form.AtShop ?? ""), form.Name ?? "", [.. scopes.Select(Enum.Parse<KeyScope>)], form.Agent, expires);
            var added = await add.RunAsync(context.GetActor(), input, ct);
            return SecretAnswer.Of(texts["accounts.key-added"], texts["accounts.key-keep"], added.Key, "/keys");
        }
        catch (InvalidInputException wrong)
        {
            var typed = new Dictionary<string, object?>
            {
                ["Problems"] = wrong.Problems,
                ["Name"] = form.Name,
                ["ShopCode"] = form.AtShop,
                ["Agent"] = form.Agent,
                ["Scopes"] = scopes,
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

    private sealed record AddKeyForm(string? Name, string? AtShop, string[]? Scopes, string? Agent, int? Days);
}
