using TwilioFake.Network;

namespace TwilioFake.Control;

/// <summary>The controls for other processes: what the phones do, what goes wrong, what was seen.</summary>
internal static class ControlApi
{
    public static void Map(WebApplication app, Exchange exchange)
    {
        var fake = app.MapGroup("/_fake");
        MapSeen(fake, exchange);
        MapScript(fake, exchange);
        MapActs(fake, exchange);
    }

    private static void MapSeen(RouteGroupBuilder fake, Exchange exchange)
    {
        fake.MapGet("/health", () => "ok");
        fake.MapGet("/rings", () => exchange.Rings.All());
        fake.MapGet("/calls", (string? to) => Under(exchange, world => world.Calls.Where(call => to is null || call.To == to).Select(call => call.Seen()).ToList()));
        fake.MapGet("/calls/{sid}", (string sid) => Under(exchange, world => world.FindCall(sid) is { } call ? Results.Ok(call.Seen()) : Results.NotFound()));
        fake.MapGet("/conferences", () => Under(exchange, world => world.Conferences.ConvertAll(room => room.Seen())));
        fake.MapGet("/webhooks", () => exchange.Postman.Sent);
        fake.MapGet("/requests", () => exchange.Answers.Seen);
        fake.MapGet("/errors", () => Under(exchange, world => world.Errors.ToList()));
    }

    private static void MapScript(RouteGroupBuilder fake, Exchange exchange)
    {
        fake.MapGet("/script", () => Under(exchange, world => world.Script));
        fake.MapPut("/script", (PhoneScript script) => Under(exchange, world =>
        {
            world.Script = script;
            return Results.NoContent();
        }));
        fake.MapPost("/faults", (RequestFault fault) =>
        {
            exchange.Faults.Add(fault);
            return Results.NoContent();
        });
        fake.MapPost("/webhook-faults", (WebhookFault fault) =>
        {
            exchange.Faults.Add(fault);
            return Results.NoContent();
        });
        fake.MapDelete("/faults", () =>
        {
            exchange.Faults.Clear();
            exchange.Courier.ReleaseAll();
            return Results.NoContent();
        });
        fake.MapPost("/reset", () =>
        {
            exchange.Reset();
            return Results.NoContent();
        });
    }

    private static void MapActs(RouteGroupBuilder fake, Exchange exchange)
    {
        fake.MapPost("/calls/{sid}/answer", (string sid) => On(exchange, sid, exchange.Progress.Answer));
        fake.MapPost("/calls/{sid}/hangup", (string sid) => On(exchange, sid, exchange.HangUp));
        fake.MapPost("/calls/{sid}/digits", (string sid, string digits) => On(exchange, sid, call => exchange.Press(call, digits)));
    }

    /// <summary>204 if done, 404 without such a call, 409 if the call is not in that state.</summary>
    private static IResult On(Exchange exchange, string sid, Func<FakeCall, bool> act) =>
        Under(exchange, world => world.FindCall(sid) is not { } call ? Results.NotFound() : act(call) ? Results.NoContent() : Results.Conflict());

    private static T Under<T>(Exchange exchange, Func<World, T> act)
    {
        lock (exchange.World.Gate)
            return act(exchange.World);
    }
}
