using System.Text.Json;

namespace TwilioFake.Network;

/// <summary>
/// Counts dials and rings, and appends each to a file that nothing here ever shortens: the witness that no phone rang twice. The file also tells of every request for a call,
/// spoiled or not, and of every end; <c>about</c> is the address to which the call's events go.
/// </summary>
internal sealed class RingLog(string? file)
{
    private readonly Dictionary<string, Rings> counts = [];
    private readonly Lock gate = new();

    public Rings Of(string number)
    {
        lock (gate)
            return counts.GetValueOrDefault(number) ?? new Rings(0, 0);
    }

    public IReadOnlyDictionary<string, Rings> All()
    {
        lock (gate)
            return new SortedDictionary<string, Rings>(counts, StringComparer.Ordinal);
    }

    /// <summary>A call was asked for; whether it is placed is another matter.</summary>
    public void Asked(Form asked, DateTimeOffset at) => Append("asked", asked["To"], null, asked["StatusCallback"], at);

    public void Ended(FakeCall call, DateTimeOffset at) => Append("ended", call.To, call.Sid, call.StatusCallback, at);

    public void Dialled(FakeCall call, DateTimeOffset at) => Add("dialled", call, at, rings => rings with { Dialled = rings.Dialled + 1 });

    public void Rang(FakeCall call, DateTimeOffset at) => Add("rang", call, at, rings => rings with { Rang = rings.Rang + 1 });

    public void Clear()
    {
        lock (gate)
            counts.Clear();
    }

    private void Add(string what, FakeCall call, DateTimeOffset at, Func<Rings, Rings> count)
    {
        lock (gate)
        {
            counts[call.To] = count(counts.GetValueOrDefault(call.To) ?? new Rings(0, 0));
            Append(what, call.To, call.Sid, call.StatusCallback, at);
        }
    }

    private void Append(string what, string? number, string? call, string? about, DateTimeOffset at)
    {
        if (file is null)
            return;
        lock (gate)
            File.AppendAllText(file, JsonSerializer.Serialize(new { at, what, number, call, about }, Rest.Answers.Plain) + "\n");
    }
}
