using Callback.Auditing;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Orders;
using Callback.Telephony;

namespace Callback.Calls.LineUse;

/// <param name="CallerId">The number customers see, one of the account's; empty: none, no calls.</param>
/// <param name="Recording">What the shop wants; the policy has the last word.</param>
/// <param name="MachineDetection">Ask the provider who answers, person or machine.</param>
public sealed record SaveLineSettingsInput(ShopId Shop, string? CallerId, CallRecording Recording, bool MachineDetection);

/// <summary>Sets how a shop uses the provider's line. Calls that are on go on as they began.</summary>
public sealed class SaveLineSettings(Db db, TimeProvider time, Telephony.Lines lines, PersonalDataVault vault)
{
    /// <exception cref="InvalidInputException"><c>line-missing</c>: no account is configured; <c>caller-id-invalid</c>.</exception>
    /// <exception cref="ShopUnknownException">There is no such shop, or its customers are invented.</exception>
    public async Task RunAsync(Actor actor, SaveLineSettingsInput input, CancellationToken ct)
    {
        actor.Demand(Permission.ManageLines);
        var line = lines.Bridge?.Name ?? throw new InvalidInputException(Problem.Of("line-missing"));
        await using var session = await db.BeginAsync(input.Shop, ct);
        var country = await session.QuerySingleOrDefaultAsync<string>(
            "select country from shops where shop_id = @Shop and not practice", new { input.Shop }, ct) ?? throw new ShopUnknownException(input.Shop);
        var number = Read(input.CallerId, country);
        var now = time.GetUtcNow();
        await session.ExecuteAsync(
            """
            insert into line_settings (shop_id, line, caller_id_cipher, caller_id_last4, recording, machine_detection, updated_at)
            values (@Shop, @line, @cipher, @last4, @recording, @MachineDetection, @now)
            on conflict (shop_id, line) do update
            set caller_id_cipher = excluded.caller_id_cipher,
                caller_id_last4 = excluded.caller_id_last4,
                recording = excluded.recording,
                machine_detection = excluded.machine_detection,
                updated_at = excluded.updated_at
            """,
            new
            {
                input.Shop,
                line,
                cipher = number is null ? null : vault.Encrypt(DataPlace.CallerId(input.Shop, line), number.E164),
                last4 = number?.Last4,
                recording = input.Recording.ToString(),
                input.MachineDetection,
                now,
            },
            ct);
        var details = new { callerId = number?.Last4, recording = input.Recording.ToString(), input.MachineDetection };
        await AuditTrail.AppendAsync(session, input.Shop, actor, now, "line.changed", $"line:{line}", details, ct);
        await session.CommitAsync();
    }

    private static PhoneNumber? Read(string? text, string country) =>
        string.IsNullOrWhiteSpace(text) ? null
        : PhoneParser.Parse(text, country).Number is { Extension: null } number ? number
        : throw new InvalidInputException(Problem.Of("caller-id-invalid", "callerId"));
}
