using System.Globalization;
using Dapper;
using Npgsql;

namespace Callback.Database.Clock;

/// <summary>
/// CALLBACK_CLOCK: starts the product's clock elsewhere, for demonstrations and tests. The offset is kept in the database by the first process that brings a new value,
/// so that every node, verb and gate agrees and time runs on across restarts with the same value.
/// </summary>
public static class InstallationClock
{
    /// <summary>The value that sets the clock right again.</summary>
    public const string Right = "now";

    private const string Move = """
        update installation
        set clock_setting = @setting,
            clock_offset = coalesce(@start - clock_timestamp(), '0'),
            clock_mark = null
        where clock_setting is distinct from @setting
        """;

    /// <param name="source">The database.</param>
    /// <param name="setting">An instant with its zone (2026-11-23T11:05:00+08:00), <see cref="Right"/>, or null to go by what the database holds.</param>
    /// <param name="production">Whether real customers are called.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <returns>The offset all go by.</returns>
    /// <exception cref="RefusalException">The setting is no instant, or the clock is moved in Production.</exception>
    public static async Task<TimeSpan> AgreeAsync(NpgsqlDataSource source, string? setting, bool production, CancellationToken ct)
    {
        var start = Start(setting);
        if (production && start is not null)
            throw new RefusalException($"clock = '{setting}': the clock cannot be moved in Production, where real customers are called. Take CALLBACK_CLOCK away.");
        await using var connection = await source.OpenConnectionAsync(ct);
        if (setting is not null)
            await connection.ExecuteAsync(new CommandDefinition(Move, new { setting = setting.Trim(), start }, cancellationToken: ct));
        var offset = await connection.QuerySingleAsync<TimeSpan>(new CommandDefinition("select clock_offset from installation", cancellationToken: ct));
        return production && offset != TimeSpan.Zero
            ? throw new RefusalException("This database has been used with a moved clock (CALLBACK_CLOCK), and its records bear wrong times. In Production use a database of its own, or set the clock right with CALLBACK_CLOCK=now.")
            : offset;
    }

    private static DateTimeOffset? Start(string? setting)
    {
        if (setting is null || setting.Trim() == Right)
            return null;
        return DateTimeOffset.TryParse(setting.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var start)
            ? start
            : throw new RefusalException($"clock = '{setting}': an instant with its zone is needed, such as 2026-11-23T11:05:00+08:00, or 'now'.");
    }
}
