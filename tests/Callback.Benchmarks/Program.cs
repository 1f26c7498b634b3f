System.Console.WriteLine("no rows yet");
