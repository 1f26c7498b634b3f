using System.Text.Json;

namespace TwilioFake.Network;

/// <summary>Counts dials and rings, and appends each to a file that nothing here ever shortens: the witness that no phone rang twice.</summary>
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
            if (file is not null)
                File.AppendAllText(file, JsonSerializer.Serialize(new { at, what, number = call.To, call = call.Sid }, Rest.Answers.Plain) + "\n");
        }
    }
}
