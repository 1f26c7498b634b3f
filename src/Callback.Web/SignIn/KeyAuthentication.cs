using System.Text.Encodings.Web;
using Callback.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Callback.Web.SignIn;

/// <summary><c>Authorization: Bearer</c> with a key of the API.</summary>
internal sealed class KeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, FindApiKey find)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        if (await find.RunAsync(header[Prefix.Length..].Trim(), Context.RequestAborted) is not { } signedIn)
            return AuthenticateResult.Fail("The key is unknown, revoked or expired.");
        Context.SetSignedIn(signedIn);
        return Ticket.Of(signedIn, Scheme.Name);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Refusal(StatusCodes.Status401Unauthorized, "key-unknown", "The request needs a key that is in force: Authorization: Bearer KEY.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Refusal(StatusCodes.Status403Forbidden, "not-permitted", "The key's scopes do not allow this.");

    private Task Refusal(int status, string code, string detail) =>
        Results.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code }).ExecuteAsync(Context);
}
