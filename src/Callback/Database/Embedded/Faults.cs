namespace Callback.Database.Embedded;

/// <summary>Makes one clear sentence of what PostgreSQL and the system say.</summary>
internal static class Faults
{
    // PostgreSQL's last phrase is what it says when the last block still found half its room.
    private static readonly string[] Full = ["No space left on device", "Disk quota exceeded", "wrote only "];

    public static string Sentence(string what, string said, string path)
    {
        if (Full.Any(phrase => said.Contains(phrase, StringComparison.Ordinal)))
            return $"{what}: the disk that holds {path} is full. Make room and start again; nothing half-written was kept.";
        return $"{what}: {Reason(said)}";
    }

    /// <summary>The line that tells most.</summary>
    public static string Reason(string said)
    {
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var telling = lines.Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase) || line.Contains("FATAL", StringComparison.Ordinal) || line.Contains("PANIC", StringComparison.Ordinal));
        return telling.FirstOrDefault() ?? lines.LastOrDefault() ?? "no reason was given";
    }
}
