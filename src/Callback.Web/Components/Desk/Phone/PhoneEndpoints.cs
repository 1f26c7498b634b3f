using Microsoft.AspNetCore.Mvc;

namespace Callback.Web.Components.Desk.Phone;

/// <summary>The acts of the phone strip: the agent's own phone below <c>/desk/phone</c>, the call in its room below its card.</summary>
internal static class PhoneEndpoints
{
    public static void MapPhone(this RouteGroupBuilder desk)
    {
        desk.MapGet("/phone", (PhoneActs acts, string? seen, CancellationToken ct) => acts.ShowAsync(seen, ct));
        desk.MapPost("/phone/connect", (PhoneActs acts, IFormCollection _, CancellationToken ct) => acts.ConnectAsync(ct));
        desk.MapPost("/phone/hang-up", (PhoneActs acts, IFormCollection _, CancellationToken ct) => acts.HangUpAsync(ct));
        MapCall(desk.MapGroup("/cards/{hold:guid}/line"));
    }

    private static void MapCall(RouteGroupBuilder call)
    {
        call.MapPost("/hold", (PhoneActs acts, Guid hold, [FromForm] bool on, CancellationToken ct) => acts.HoldAsync(hold, on, ct));
        call.MapPost("/mute", (PhoneActs acts, Guid hold, [FromForm] bool on, CancellationToken ct) => acts.MuteAsync(hold, on, ct));
        call.MapPost("/recording", (PhoneActs acts, Guid hold, [FromForm] bool on, CancellationToken ct) => acts.RecordingAsync(hold, on, ct));
        call.MapPost("/digits", (PhoneActs acts, Guid hold, [FromForm] string? digits, CancellationToken ct) => acts.DigitsAsync(hold, digits ?? "", ct));
        call.MapPost("/transfer", (PhoneActs acts, Guid hold, [FromForm] Guid to, CancellationToken ct) => acts.TransferAsync(hold, to, ct));
        call.MapPost("/transfer/withdraw", (PhoneActs acts, Guid hold, IFormCollection _, CancellationToken ct) => acts.WithdrawAsync(hold, ct));
        call.MapPost("/transfer/complete", (EndingActs acts, Guid hold, IFormCollection form, CancellationToken ct) => acts.CompleteTransferAsync(hold, form, ct));
        call.MapPost("/hang-up", (EndingActs acts, Guid hold, IFormCollection form, CancellationToken ct) => acts.HangUpAsync(hold, form, ct));
    }
}
