using Callback.Accounts;

namespace Callback.Web.SignIn;

/// <summary>Who made the request; for pages and components (<c>@inject CurrentActor Current</c>). Endpoints may use <c>HttpContext.GetActor()</c>.</summary>
public sealed class CurrentActor(IHttpContextAccessor http, TimeProvider time)
{
    /// <summary>Null for a stranger. May be a session that is not through yet: see <see cref="SignedIn.Stage"/>.</summary>
    public SignedIn? SignedIn => http.HttpContext?.FindSignedIn();

    /// <exception cref="InvalidOperationException">Nobody is signed in: the endpoint lacks its authorization.</exception>
    public Actor Actor => (http.HttpContext ?? throw new InvalidOperationException("There is no request.")).GetActor();

    public User? User => SignedIn?.User;

    /// <summary>False when a reveal or an export must ask for the second factor again.</summary>
    public bool IsSecondFactorFresh => SignedIn?.IsSecondFactorFresh(time.GetUtcNow()) == true;
}

public static class SignedInHttpContext
{
    /// <exception cref="InvalidOperationException">Nobody is signed in: the endpoint lacks its authorization.</exception>
    public static Actor GetActor(this HttpContext context) =>
        context.FindSignedIn() is { Stage: SignInStage.Complete } signedIn
            ? signedIn.Actor
            : throw new InvalidOperationException($"{context.Request.Path} was reached without authorization.");

    public static SignedIn? FindSignedIn(this HttpContext context) => context.Items[typeof(SignedIn)] as SignedIn;

    internal static void SetSignedIn(this HttpContext context, SignedIn signedIn) => context.Items[typeof(SignedIn)] = signedIn;
}
