using System.Text.Json;

namespace Callback.Database.Clock;

/// <summary>This node's memory of how far its database has come, kept in its data folder, so that it notices a database that was put back also while it stood still.</summary>
/// <param name="file">Where it is kept; null: only in memory.</param>
public sealed class EpochWatch(string? file)
{
    private const string FileName = "database-seen.json";

    private readonly Lock gate = new();
    private SeenDatabase? seen = Read(file);
    private SeenDatabase? kept;

    public static EpochWatch In(string dataFolder) => new(Path.Combine(dataFolder, FileName));

    /// <summary>To be taken before the database is asked, and handed to <see cref="Note"/> with the answer: what became known in between says nothing about it.</summary>
    internal SeenDatabase? Now
    {
        get
        {
            lock (gate)
                return seen;
        }
    }

    /// <returns>Whether this database is behind what this node has seen.</returns>
    internal bool Note(SeenDatabase? before, DatabaseLook look)
    {
        if (TestBuild.WithoutEpochGuard)
            return false;
        lock (gate)
        {
            var behind = before?.IsAheadOf(look) == true;
            if (!behind)
                seen = seen?.After(look) ?? SeenDatabase.Of(look);
            else if (seen!.System == before!.System && seen.AdoptedAt == before.AdoptedAt)
                seen = seen with { WentBack = true };
            return behind || seen.WentBack;
        }
    }

    /// <summary>Writes down what is new since the last time.</summary>
    /// <exception cref="IOException">The data folder can not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor by this account.</exception>
    public void Keep()
    {
        if (file is null || Now is not { } now || now == kept)
            return;
        // Nodes of one machine may share the folder; what each has seen is true for all.
        var unfinished = $"{file}.{Environment.ProcessId}";
        File.WriteAllText(unfinished, JsonSerializer.Serialize(now));
        File.Move(unfinished, file, overwrite: true);
        kept = now;
    }

    /// <summary>A file that is missing or damaged is a node that has seen nothing yet.</summary>
    private static SeenDatabase? Read(string? file)
    {
        try
        {
            return file is not null && File.Exists(file) ? JsonSerializer.Deserialize<SeenDatabase>(File.ReadAllText(file)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
