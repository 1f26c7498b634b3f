using Callback.Accounts;
using Callback.Web.Components;
using Callback.Web.Components.Accounts;
using Callback.Web.Localization;
using Microsoft.AspNetCore.Mvc;

namespace Callback.Web.SignIn;

/// <summary>The forms of sign-in. They are open to strangers, so each looks itself who is there.</summary>
internal static class SignInEndpoints
{
    public static IEndpointRouteBuilder MapSignIn(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(SecurityHeaders.ReportPath, (CspReports reports, HttpRequest request, CancellationToken ct) => reports.TakeAsync(request, ct))
            .AllowAnonymous()
            .DisableAntiforgery();
        var open = endpoints.MapGroup("").AllowAnonymous().RequireRateLimiting(RateLimits.Tries);
        open.MapPost("/sign-in", SignInAsync);
        open.MapPost("/sign-in/code", CodeAsync);
        open.MapPost("/sign-in/password", PasswordAsync);
        open.MapPost("/sign-in/second-factor", SecondFactorAsync);
        open.MapPost("/set-up", SetUpAsync);
        open.MapPost("/sign-out", SignOutAsync);
        if (endpoints.ServiceProvider.GetRequiredService<Surroundings>().Demo)
            open.MapPost("/sign-in/demo", DemoAsync);
        endpoints.MapPost("/account/sessions/{sessionId:guid}/end", EndSessionAsync);
        return endpoints;
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, PasswordSignIn signIn, TimeProvider time, Fmt fmt,
        [FromForm] string? name, [FromForm] string? password, [FromForm(Name = "return")] string? back, CancellationToken ct)
    {
        var result = await signIn.RunAsync(name ?? "", password ?? "", Network.PlaceOf(context), ct);
        if (result is SignInResult.Started started)
        {
            SignInCookie.Write(context.Response, started.Token);
            return Results.Redirect(Way.Inside(back));
        }
        var (problem, status) = result switch
        {
            SignInResult.TooMany { Until: { } until } => (Problem.Of("sign-in-wait", null, ("wait", fmt.Span(Whole(until - time.GetUtcNow())))), StatusCodes.Status429TooManyRequests),
            SignInResult.TooMany => (Problem.Of("sign-in-stopped"), StatusCodes.Status429TooManyRequests),
            SignInResult.Busy => (Problem.Of("sign-in-busy"), StatusCodes.Status503ServiceUnavailable),
            _ => (Problem.Of("sign-in-wrong"), StatusCodes.Status422UnprocessableEntity),
        };
        return Screen.Page<SignInPage>(Again(problem, ("Name", name), ("Return", back)), status);
    }

    private static async Task<IResult> CodeAsync(
        HttpContext context, ProveSecondFactor prove, TimeProvider time, Fmt fmt,
        [FromForm] string? code, [FromForm(Name = "return")] string? back, CancellationToken ct)
    {
        if (context.FindSignedIn() is not { SessionId: not null } signedIn)
            return Results.Redirect("/sign-in");
        var result = await prove.RunAsync(signedIn, Network.PlaceOf(context), code ?? "", ct);
        if (result is ProofResult.Proven proven)
        {
            SignInCookie.Write(context.Response, proven.Token);
            return Results.Redirect(Way.Inside(back));
        }
        var problem = result switch
        {
            ProofResult.TooMany { Until: { } until } => Problem.Of("sign-in-wait", "code", ("wait", fmt.Span(Whole(until - time.GetUtcNow())))),
            ProofResult.TooMany => Problem.Of("sign-in-stopped", "code"),
            _ => Problem.Of("second-factor-wrong", "code"),
        };
        return Screen.Page<CodePage>(Again(problem, ("Return", back)), StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> PasswordAsync(
        HttpContext context, PasswordChange change, [FromForm] string? current, [FromForm] string? password, [FromForm] string? again, CancellationToken ct)
    {
        if (context.FindSignedIn() is not { SessionId: not null, Stage: SignInStage.Complete or SignInStage.ChangePassword } signedIn)
            return Results.Redirect("/sign-in");
        try
        {
            DemandSame(password, again);
            await change.RunAsync(signedIn, Network.PlaceOf(context), current ?? "", password ?? "", ct);
        }
        catch (InvalidInputException wrong)
        {
            return Screen.Page<PasswordPage>(new Dictionary<string, object?> { ["Problems"] = wrong.Problems }, StatusCodes.Status422UnprocessableEntity);
        }
        Flash.Success(context, "accounts.password-changed");
        return Results.Redirect("/");
    }

    private static async Task<IResult> SecondFactorAsync(HttpContext context, SetUpSecondFactor secondFactor, [FromForm] string? code, CancellationToken ct)
    {
        if (context.FindSignedIn() is not { SessionId: not null, Stage: SignInStage.Complete or SignInStage.SetUpSecondFactor } signedIn)
            return Results.Redirect("/sign-in");
        try
        {
            var codes = await secondFactor.ConfirmAsync(signedIn, code ?? "", ct);
            return Screen.Page<RecoveryCodesPage>(new Dictionary<string, object?> { ["Codes"] = codes });
        }
        catch (InvalidInputException wrong)
        {
            return Screen.Page<SecondFactorPage>(new Dictionary<string, object?> { ["Problems"] = wrong.Problems }, StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> SetUpAsync(
        HttpContext context, SetUp setUp, PasswordChange passwords, StartSession start, ScreenContext screen, [FromForm] SetUpForm form, CancellationToken ct)
    {
        try
        {
            DemandSame(form.Password, form.Again);
            var hash = await passwords.HashAsync(form.Name ?? "", form.Password ?? "", hasSecondFactor: true, ct);
            var userId = await setUp.RunAsync(new(form.Code ?? "", form.Name ?? "", form.DisplayName, hash, screen.Language.Code), ct);
            SignInCookie.Write(context.Response, await start.RunAsync(userId, Network.PlaceOf(context), new(NetworkCounted: false), ct));
            return Results.Redirect("/");
        }
        catch (InvalidInputException wrong)
        {
            return Screen.Page<SetUpPage>(
                new Dictionary<string, object?> { ["Problems"] = wrong.Problems, ["Name"] = form.Name, ["DisplayName"] = form.DisplayName },
                StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> DemoAsync(HttpContext context, UserQueries users, StartSession start, ScreenContext screen, [FromForm] string? name, CancellationToken ct)
    {
        if (await users.FindByNameAsync(name ?? "", ct) is not { User: { DisabledAt: null } user })
            return Results.Redirect("/sign-in");
        SignInCookie.Write(context.Response, await start.RunAsync(user.UserId, Network.PlaceOf(context), new(NetworkCounted: false), ct));
        // The invented people speak Chinese; whoever plays them goes on in the language they read this page in.
        Cookies.Keep(context, Cookies.Language, screen.Language.Code);
        return Results.Redirect("/");
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, EndSessions sessions, CancellationToken ct)
    {
        if (context.FindSignedIn() is { SessionId: { } sessionId, User: { } user })
            await sessions.RunAsync(user.UserId, sessionId, SessionEnd.SignedOut, ct);
        SignInCookie.Delete(context.Response);
        return Screen.SeeOther(context, "/sign-in");
    }

    private static async Task<IResult> EndSessionAsync(HttpContext context, EndSessions sessions, Guid sessionId, CancellationToken ct)
    {
        await sessions.RunAsync(context.GetActor().UserId!.Value, sessionId, SessionEnd.Revoked, ct);
        Flash.Success(context, "accounts.session-ended");
        return Screen.SeeOther(context, "/account");
    }

    private static void DemandSame(string? password, string? again)
    {
        if (password != again)
            throw new InvalidInputException(Problem.Of("password-differs", "again"));
    }

    private static TimeSpan Whole(TimeSpan wait) => TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(wait.TotalSeconds)));

    private static Dictionary<string, object?> Again(Problem problem, params (string Name, object? Value)[] typed)
    {
        var parameters = typed.ToDictionary(value => value.Name, value => value.Value);
        parameters["Problems"] = new[] { problem };
        return parameters;
    }

    private sealed record SetUpForm(string? Code, string? Name, string? DisplayName, string? Password, string? Again);
}

/// <summary>Addresses that came with a request.</summary>
internal static class Way
{
    /// <summary>The address when it lies in this site, else the start page: an address with one leading slash.</summary>
    public static string Inside(string? path) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) ? path : "/";
}
