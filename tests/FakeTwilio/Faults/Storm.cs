namespace TwilioFake.Faults;

/// <summary>Draws what the standing weather does to a request or a webhook.</summary>
internal sealed class Storm
{
    private static readonly CreatingTrouble[] Kinds = Enum.GetValues<CreatingTrouble>();

    private readonly Lock gate = new();
    private Weather weather = Weather.Clear;
    private Random random = new(0);

    public void Become(Weather now)
    {
        lock (gate)
            (weather, random) = (now, new(now.Seed));
    }

    public RequestFault? OfRequest(string method, string path)
    {
        lock (gate)
        {
            if (IsCreating(method, path))
                return random.NextDouble() < weather.Creating ? OfCreating(weather.Always ?? Kinds[random.Next(Kinds.Length)]) : null;
            return random.NextDouble() < weather.Other ? OfOther() : null;
        }
    }

    public WebhookFault? OfWebhook()
    {
        lock (gate)
        {
            var drawn = random.NextDouble();
            return drawn < weather.Lost ? new(WebhookTrouble.Lose)
                : drawn < weather.Lost + weather.Twice ? new(WebhookTrouble.Duplicate)
                : drawn < weather.Lost + weather.Twice + weather.Shuffled ? new(WebhookTrouble.Delay) { Delay = weather.Late * random.NextDouble() }
                : null;
        }
    }

    /// <summary>A request that lets a phone ring if it is carried out.</summary>
    public static bool IsCreating(string method, string path) =>
        method == "POST" && (path.EndsWith("/Calls.json", StringComparison.Ordinal) || path.EndsWith("/Participants.json", StringComparison.Ordinal));

    private RequestFault OfCreating(CreatingTrouble kind) => kind switch
    {
        CreatingTrouble.LostBefore => new() { Placed = false, ResetAfter = 0 },
        CreatingTrouble.LostAfter => new() { ResetAfter = 0 },
        CreatingTrouble.CutOff => new() { ResetAfter = random.Next(1, 1200) },
        CreatingTrouble.ErrorPlaced => new() { Status = 500 },
        CreatingTrouble.ErrorNotPlaced => new() { Placed = false, Status = 503 },
        CreatingTrouble.TooMany => new() { Status = 429, RetryAfter = 1 },
        CreatingTrouble.Refused => new() { Placed = false, Status = 400, Code = 21216 },
        CreatingTrouble.Page => new() { Status = 502, Html = true, Placed = random.Next(2) == 0 },
        CreatingTrouble.Unreadable => new() { Status = 201, Html = true },
        CreatingTrouble.Slow => new() { Delay = weather.Slow * random.NextDouble() },
        CreatingTrouble.PlacedLate => new() { PlacedAfter = weather.Slow * random.NextDouble() },
        CreatingTrouble.TooLate => new() { Delay = weather.TooLate },
        _ => throw new InvalidOperationException("Every trouble has its fault."),
    };

    private RequestFault OfOther() => random.Next(4) switch
    {
        0 => new() { Placed = false, Status = 500 },
        1 => new() { ResetAfter = random.Next(600) },
        2 => new() { Status = 429 },
        _ => new() { Delay = weather.Slow * random.NextDouble() },
    };
}
