using System.Text.Json;
using TwilioFake.Network;
using TwilioFake.Rest;

namespace TwilioFake.Control;

/// <summary>The controls for other processes: what the phones do, what goes wrong, what was seen.</summary>
internal static class ControlApi
{
    public static void Map(WebApplication app, Exchange exchange)
    {
        var fake = app.MapGroup("/_fake");
        MapSeen(fake, exchange);
        MapScript(fake, exchange);
        fake.On("POST", "/calls/{sid}/answer", http => On(exchange, http, exchange.Progress.Answer));
        fake.On("POST", "/calls/{sid}/hangup", http => On(exchange, http, exchange.HangUp));
        fake.On("POST", "/calls/{sid}/digits", http => On(exchange, http, call => exchange.Press(call, http.Query("digits") ?? "")));
    }

    private static void MapSeen(RouteGroupBuilder fake, Exchange exchange)
    {
        fake.On("GET", "/health", _ => Results.Text("ok"));
        fake.On("GET", "/rings", _ => Shown(exchange.Rings.All()));
        fake.On("GET", "/calls", http => Under(exchange, world => Shown(world.Calls.Where(call => (http.Query("to") ?? call.To) == call.To).Select(call => call.Seen()).ToList())));
        fake.On("GET", "/calls/{sid}", http => Under(exchange, world => world.FindCall(http.Part("sid")) is { } call ? Shown(call.Seen()) : Results.NotFound()));
        fake.On("GET", "/conferences", _ => Under(exchange, world => Shown(world.Conferences.ConvertAll(room => room.Seen()))));
        fake.On("GET", "/webhooks", _ => Shown(exchange.Postman.Sent));
        fake.On("GET", "/requests", _ => Shown(exchange.Answers.Seen));
        fake.On("GET", "/errors", _ => Under(exchange, world => Shown(world.Errors.ToList())));
        fake.On("GET", "/script", _ => Under(exchange, world => Shown(world.Script)));
    }

    private static void MapScript(RouteGroupBuilder fake, Exchange exchange)
    {
        Take<PhoneScript>(fake, "PUT", "/script", script => Under(exchange, world => world.Script = script));
        Take<RequestFault>(fake, "POST", "/faults", exchange.Faults.Add);
        Take<WebhookFault>(fake, "POST", "/webhook-faults", exchange.Faults.Add);
        Take<Weather>(fake, "PUT", "/weather", exchange.Faults.Become);
        fake.On("DELETE", "/faults", _ => Done(exchange.EndFaults));
        fake.On("POST", "/reset", _ => Done(exchange.Reset));
    }

    /// <summary>204 if it could be read, 400 with the reason if not.</summary>
    private static void Take<T>(RouteGroupBuilder fake, string verb, string path, Action<T> act) =>
        fake.MapMethods(path, [verb], (RequestDelegate)(async http =>
        {
            try
            {
                act((await JsonSerializer.DeserializeAsync<T>(http.Request.Body, ControlJson.Options, http.RequestAborted))!);
                http.Response.StatusCode = StatusCodes.Status204NoContent;
            }
            catch (JsonException unread)
            {
                await Results.Text(unread.Message, statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(http);
            }
        }));

    private static IResult Shown<T>(T value) => Results.Text(JsonSerializer.Serialize(value, ControlJson.Options), "application/json; charset=utf-8");

    private static IResult Done(Action act)
    {
        act();
        return Results.NoContent();
    }

    /// <summary>204 if done, 404 without such a call, 409 if the call is not in that state.</summary>
    private static IResult On(Exchange exchange, HttpContext http, Func<FakeCall, bool> act) =>
        Under(exchange, world => world.FindCall(http.Part("sid")) is not { } call ? Results.NotFound() : act(call) ? Results.NoContent() : Results.Conflict());

    private static T Under<T>(Exchange exchange, Func<World, T> act)
    {
        lock (exchange.World.Gate)
            return act(exchange.World);
    }
}
