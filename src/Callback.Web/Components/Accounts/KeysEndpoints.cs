using System.Globalization;
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

    private static async Task<IResult> AddKeyAsync(HttpContext context, AddApiKey add, TimeProvider time, Texts texts, [FromForm] IFormCollection form, CancellationToken ct)
    {
        var (name, atShop, agent, scopes) = ($"{form["name"]}", $"{form["atShop"]}", $"{form["agent"]}", form["scopes"].OfType<string>().ToList());
        try
        {
            var expires = int.TryParse(form["days"], CultureInfo.InvariantCulture, out var days) && days is > 0 and <= 3650 ? time.GetUtcNow().AddDays(days) : (DateTimeOffset?)null;
            var input = new AddApiKeyInput(new(atShop), name, [.. scopes.Select(Enum.Parse<KeyScope>)], agent, expires);
            var added = await add.RunAsync(context.GetActor(), input, ct);
            return SecretAnswer.Of(texts["accounts.key-added"], texts["accounts.key-keep"], added.Key, "/keys");
        }
        catch (InvalidInputException wrong)
        {
            var typed = new Dictionary<string, object?>
            {
                ["Problems"] = wrong.Problems,
                ["Name"] = name,
                ["ShopCode"] = atShop,
                ["Agent"] = agent,
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
}
