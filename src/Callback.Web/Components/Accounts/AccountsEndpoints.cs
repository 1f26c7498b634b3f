using Callback.Auditing;
using Callback.Web.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Callback.Web.Components.Accounts;

/// <summary>The administrator's forms: users, shops, keys, audit.</summary>
internal static class AccountsEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapUsers();
        endpoints.MapShops();
        endpoints.MapKeys();
        endpoints.MapPost("/audit/verify", VerifyAsync).RequirePermission(Permission.ViewAudit);
    }

    private static async Task<IResult> VerifyAsync(HttpContext context, VerifyAudit verify, CancellationToken ct) =>
        Screen.Page<AuditPage>(new Dictionary<string, object?> { ["Report"] = await verify.RunAsync(context.GetActor(), ct) });
}

/// <summary>Shows a secret once, as the answer to the form that made it.</summary>
internal static class SecretAnswer
{
    public static RazorComponentResult<App> Of(string title, string lead, string secret, string back) => Screen.Page<SecretPage>(
        new Dictionary<string, object?> { ["Title"] = title, ["Lead"] = lead, ["Secret"] = secret, ["BackUrl"] = back });
}
