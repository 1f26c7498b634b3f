using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Callback.Chaos.Actors;

/// <summary>Requests of an agent, each sent once.</summary>
internal sealed class DeskHttp(HttpClient http) : IDisposable
{
    public async Task<DeskAnswer> SendAsync(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await http.SendAsync(request, ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        var json = answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true && text.Length > 0;
        return new(answer.StatusCode, json ? JsonDocument.Parse(text).RootElement : default);
    }

    public void Dispose() => http.Dispose();
}

/// <param name="Body">Undefined: there is none.</param>
internal sealed record DeskAnswer(HttpStatusCode Status, JsonElement Body)
{
    /// <summary>What a refusal gives as its reason, or its code.</summary>
    public string Reason => Text("reason") ?? Text("code") ?? Text("title") ?? "";

    private string? Text(string name) => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>How often the program said no, and why: what the harness should know of, but what is no fault.</summary>
internal sealed class Refusals
{
    private readonly ConcurrentDictionary<string, int> counts = [];

    public void Count(string why) => counts.AddOrUpdate(why, 1, (_, before) => before + 1);

    public int Of(string beginning) => counts.Where(entry => entry.Key.StartsWith(beginning, StringComparison.Ordinal)).Sum(entry => entry.Value);

    public override string ToString() => string.Join(", ", counts.OrderByDescending(entry => entry.Value).Take(20).Select(entry => $"{entry.Key}: {entry.Value}"));
}
