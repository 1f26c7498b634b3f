using System.Security.Claims;
using System.Text.Encodings.Web;
using Callback.Accounts;
using Callback.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Callback.Web.SignIn;

/// <summary>Reads the session's row on every request. A session that is not through yet is nobody, and is led on to what it lacks.</summary>
internal sealed class SessionAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, FindSession find, Surroundings surroundings)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (SignInCookie.Read(Request) is not { Length: > 0 } token)
            return AuthenticateResult.NoResult();
        if (await FindAsync(token) is not { } signedIn)
            return AuthenticateResult.NoResult();
        Context.SetSignedIn(signedIn);
        return signedIn.Stage == SignInStage.Complete ? Ticket.Of(signedIn, Scheme.Name) : AuthenticateResult.NoResult();
    }

    private async Task<SignedIn?> FindAsync(string token)
    {
        try
        {
            return await find.RunAsync(token, surroundings.Demo, Context.RequestAborted);
        }
        catch (NpgsqlException) when (Context.Items.ContainsKey(ErrorHandling.AskedPath))
        {
            // The page that says the database is away must not fail for the same reason: it is shown to nobody in particular.
            return null;
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var target = Target();
        if (Request.Headers.ContainsKey("HX-Request"))
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            Response.Headers["HX-Redirect"] = target;
        }
        else if (HttpMethods.IsGet(Request.Method) && Request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/event-stream"))
            Response.StatusCode = StatusCodes.Status401Unauthorized;
        else
            Response.Redirect(target);
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private string Target() => (Context.FindSignedIn()?.Stage) switch
    {
        SignInStage.SecondFactor => "/sign-in/code",
        SignInStage.ChangePassword => "/sign-in/password",
        SignInStage.SetUpSecondFactor => "/sign-in/second-factor",
        _ when HttpMethods.IsGet(Request.Method) && Request.Path != "/" => "/sign-in?return=" + Uri.EscapeDataString(Request.Path + Request.QueryString),
        _ => "/sign-in",
    };
}

/// <summary>The principal of whoever made the request; rights are in <see cref="SignedIn"/>, not in claims.</summary>
internal static class Ticket
{
    public static AuthenticateResult Of(SignedIn signedIn, string scheme)
    {
        var id = signedIn.Actor.UserId ?? signedIn.KeyId;
        Claim[] claims = [new(ClaimTypes.NameIdentifier, $"{id}"), new(ClaimTypes.Name, signedIn.Actor.Name)];
        return AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity(claims, scheme)), scheme));
    }
}
