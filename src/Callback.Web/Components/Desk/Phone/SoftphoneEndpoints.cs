using Callback.Calls.LineUse;
using Callback.Web.SignIn;

namespace Callback.Web.Components.Desk.Phone;

/// <summary>Lets the page's script sign the browser in as the phone of whoever is signed in.</summary>
internal static class SoftphoneEndpoints
{
    public static void MapSoftphone(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/softphone/token", TokenAsync).RequireAuthorization();

    /// <summary>404 to everybody who has not set the browser as phone.</summary>
    private static async Task<IResult> TokenAsync(CurrentActor current, SoftphoneSignIn signIn, CancellationToken ct) =>
        await signIn.RunAsync(current.Actor, ct) is { } token ? Results.Json(new SoftphoneTokenAnswer(token)) : Results.NotFound();

    private sealed record SoftphoneTokenAnswer(string Token);
}
