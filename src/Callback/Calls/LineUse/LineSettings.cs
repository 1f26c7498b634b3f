using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Telephony;
using Callback.Windows;

namespace Callback.Calls.LineUse;

/// <summary>How a shop uses a line, as its row stands; a shop without a row uses it as here by default, that is: not at all.</summary>
internal sealed record LineSettings
{
    public required ShopId ShopId { get; init; }

    public required string Line { get; init; }

    public byte[]? CallerIdCipher { get; init; }

    public string? CallerIdLast4 { get; init; }

    public CallRecording Recording { get; init; }

    public bool MachineDetection { get; init; }

    public static async Task<LineSettings> ReadAsync(Session session, ShopId shop, string line, CancellationToken ct) =>
        await session.QuerySingleOrDefaultAsync<LineSettings>(
            """
            select shop_id, line, caller_id_cipher, caller_id_last4, recording, machine_detection
            from line_settings
            where shop_id = @shop and line = @line
            """,
            new { shop, line },
            ct) ?? new() { ShopId = shop, Line = line };

    /// <summary>The number customers see; null: none is set.</summary>
    public string? CallerId(PersonalDataVault vault) => CallerIdCipher is null ? null : vault.Decrypt(DataPlace.CallerId(ShopId, Line), CallerIdCipher);
}

/// <summary>The stricter of what the shop wants and what the policy asks for.</summary>
public static class RecordingPolicy
{
    /// <summary>How long a recording is kept, unless it is deleted sooner.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    /// <summary>Where everybody has to agree first nothing is recorded: nobody can be asked before the line is open.</summary>
    public static CallRecording InForce(CallRecording wish, RecordingRule rule) => (wish, rule) switch
    {
        (CallRecording.Off, _) or (_, RecordingRule.ConsentOfAll) => CallRecording.Off,
        (_, RecordingRule.Announce) => CallRecording.WithNotice,
        _ => wish,
    };
}
