using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Callback.Chaos.Proof;

/// <summary>One line of the phone network's own log.</summary>
/// <param name="What">asked, dialled, rang, ended.</param>
/// <param name="Call">The network's id; null: only asked for.</param>
/// <param name="Attempt">What the call's own address says it is about; null: an agent's phone.</param>
internal sealed record RingLine(DateTimeOffset At, string What, string Number, string? Call, Guid? Attempt);

/// <summary>Reads the network's log, which is only ever appended to; again and again, from where it stopped.</summary>
internal sealed partial class RingLog(string file)
{
    private readonly Lock gate = new();
    private readonly List<RingLine> lines = [];
    private long read;

    /// <summary>All of it so far.</summary>
    public IReadOnlyList<RingLine> Read()
    {
        lock (gate)
        {
            if (File.Exists(file))
                ReadOn();
            return [.. lines];
        }
    }

    private void ReadOn()
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = read;
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        // A line that is being written is left for the next time.
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        read += System.Text.Encoding.UTF8.GetByteCount(whole);
        lines.AddRange(whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse));
    }

    private static RingLine Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var json = document.RootElement;
        var about = json.GetProperty("about").GetString();
        return new(
            DateTimeOffset.Parse(json.GetProperty("at").GetString()!, CultureInfo.InvariantCulture), json.GetProperty("what").GetString()!, json.GetProperty("number").GetString()!,
            json.GetProperty("call").GetString(), about is not null && Customer().Match(about) is { Success: true } customer ? Guid.Parse(customer.Groups["id"].Value) : null);
    }

    [GeneratedRegex("/(?<id>[0-9a-f]{32})/[^/]+/status$")]
    private static partial Regex Customer();
}
