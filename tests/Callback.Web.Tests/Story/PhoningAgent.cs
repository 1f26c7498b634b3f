using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Callback.Web.Tests.Story;

/// <summary>What was acknowledged to the agents; does something once so many results are in.</summary>
internal sealed class CallLog(int onResults, Func<Task> then)
{
    private int results;

    public ConcurrentBag<Guid> Acknowledged { get; } = [];

    public async Task SavedAsync(Guid submission)
    {
        Acknowledged.Add(submission);
        if (Interlocked.Increment(ref results) == onResults)
            await then();
    }
}

/// <summary>
/// An agent over HTTP: takes a card, dials, nobody answers, saves the result, until nothing waits. A node that does not answer is left for the other one; what is
/// not known is looked up on the desk, never dialed again.
/// </summary>
internal sealed class PhoningAgent(string key, IReadOnlyList<Uri> nodes, int number, CallLog log)
{
    private const int MostTries = 8;

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(20), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
    private int node = number;

    public async Task WorkAsync()
    {
        for (var empty = 0; empty < 3;)
        {
            using var next = await SendAsync(HttpMethod.Post, "/api/v1/desk/next", new { });
            if (next.StatusCode != HttpStatusCode.OK)
            {
                Assert.Equal(HttpStatusCode.NoContent, next.StatusCode);
                empty++;
                continue;
            }
            var card = await next.Content.ReadFromJsonAsync<JsonElement>();
            if (await AttemptAsync(card) is { } attempt)
                await FinishAsync(attempt);
        }
    }

    /// <summary>The attempt of this card: one that is there already, or the one that the gate makes now.</summary>
    private async Task<Guid?> AttemptAsync(JsonElement card)
    {
        if (card.GetProperty("attemptId").ValueKind == JsonValueKind.String)
            return card.GetProperty("attemptId").GetGuid();
        var hold = $"/api/v1/desk/holds/{card.GetProperty("holdId").GetGuid()}/dial";
        using var dialed = await DialAsync(hold, []);
        if (dialed.StatusCode == HttpStatusCode.Created)
            return (await dialed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("attemptId").GetGuid();
        Assert.Equal(HttpStatusCode.Conflict, dialed.StatusCode);
        return null;
    }

    /// <summary>Where the gate names open items of the checklist, each gets a reason and the gate is asked again: nothing was spent.</summary>
    private async Task<HttpResponseMessage> DialAsync(string hold, Dictionary<string, string> waivers)
    {
        var answer = await SendAsync(HttpMethod.Post, hold, new { draft = new { waivers } });
        if (answer.StatusCode != HttpStatusCode.Conflict || waivers.Count > 0)
            return answer;
        using var refused = answer;
        var refusal = await refused.Content.ReadFromJsonAsync<JsonElement>();
        return refusal.TryGetProperty("items", out var items)
            ? await DialAsync(hold, items.EnumerateArray().ToDictionary(item => item.GetString()!, _ => "looked up by phone"))
            : new HttpResponseMessage(HttpStatusCode.Conflict);
    }

    private async Task FinishAsync(Guid attempt)
    {
        using (await SendAsync(HttpMethod.Post, $"/api/v1/attempts/{attempt}/state", new { state = "NoAnswer" }))
        {
        }
        var submission = Ids.New(TimeProvider.System);
        var waivers = new Dictionary<string, string>();
        for (var round = 0; round < 3; round++)
        {
            using var saved = await SendAsync(HttpMethod.Put, $"/api/v1/attempts/{attempt}/result", new { submissionId = submission, draft = new { outcome = "NoAnswer", waivers } });
            if (saved.StatusCode == HttpStatusCode.OK)
            {
                await log.SavedAsync(submission);
                return;
            }
            var refusal = await saved.Content.ReadFromJsonAsync<JsonElement>();
            foreach (var problem in refusal.GetProperty("problems").EnumerateArray())
                waivers[problem.GetProperty("values").GetProperty("item").GetString()!] = "not needed in a test";
        }
        Assert.Fail("The result was refused three times.");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object body)
    {
        for (var tries = 0; ; tries++)
        {
            using var request = new HttpRequestMessage(method, new Uri(nodes[node % nodes.Count], path)) { Content = JsonContent.Create(body) };
            try
            {
                var answer = await http.SendAsync(request);
                if (answer.StatusCode < HttpStatusCode.InternalServerError || tries >= MostTries)
                    return answer;
                answer.Dispose();
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && tries < MostTries)
            {
                node++;
            }
            // The dial is the one thing that is not sent again: whether it went through stands on the desk.
            if (path.EndsWith("/dial", StringComparison.Ordinal))
                return new HttpResponseMessage(HttpStatusCode.Conflict) { Content = JsonContent.Create(new { reason = "NotKnown" }) };
        }
    }
}
